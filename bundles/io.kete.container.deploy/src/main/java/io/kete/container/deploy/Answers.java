// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import io.kete.container.deploy.install.Installer;
import io.kete.container.deploy.install.Packages;
import io.kete.container.deploy.inventory.BundleState;
import io.kete.kapua.codec.deploy.Listing;
import io.kete.kapua.codec.deploy.Operation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What GET tells. */
final class Answers {

  private static final int DONE = 100;

  private final BundleContext context;
  private final Installer installer;

  Answers(BundleContext context, Installer installer) {
    this.context = context;
    this.installer = installer;
  }

  KuraPayload packages() {
    return ok(Listing.packages(installer.packages().stream().map(Answers::line).toList()));
  }

  private static Listing.PackageLine line(Packages.Line line) {
    return new Listing.PackageLine(
        line.name(),
        line.version(),
        line.bundles().stream()
            .map(bundle -> new Listing.BundleName(bundle.getKey(), bundle.getValue()))
            .toList());
  }

  KuraPayload bundles() {
    List<Listing.BundleLine> lines =
        Arrays.stream(context.getBundles())
            .sorted(Comparator.comparingLong(Bundle::getBundleId))
            .map(
                bundle ->
                    new Listing.BundleLine(
                        String.valueOf(bundle.getSymbolicName()),
                        bundle.getVersion().toString(),
                        bundle.getBundleId(),
                        BundleState.of(bundle)))
            .toList();
    return ok(Listing.bundles(lines));
  }

  /** The blank in "ALREADY DONE" is Kura's; Kapua knows it here, and only here. */
  KuraPayload download(Optional<Work> current) {
    KuraResponsePayload answer = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    Optional<Work> running = current.filter(work -> work.job().operation() == Operation.DOWNLOAD);
    running.ifPresent(work -> answer.addMetric("job.id", work.job().id()));
    answer.addMetric(
        "dp.download.size", (int) Math.min(Integer.MAX_VALUE, running.map(Work::total).orElse(0L)));
    answer.addMetric("dp.download.progress", running.map(Work::percent).orElse(DONE));
    answer.addMetric("dp.download.status", running.isPresent() ? "IN_PROGRESS" : "ALREADY DONE");
    return answer;
  }

  KuraPayload install(Optional<Work> current) {
    KuraResponsePayload answer = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    Optional<Job> running =
        current.map(Work::job).filter(job -> job.operation() == Operation.INSTALL);
    answer.addMetric("dp.install.status", running.isPresent() ? "IN_PROGRESS" : "IDLE");
    running.ifPresent(
        job -> {
          answer.addMetric("dp.name", job.name());
          answer.addMetric("dp.version", job.version());
        });
    return answer;
  }

  private static KuraPayload ok(byte[] body) {
    KuraResponsePayload answer = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    answer.setBody(body);
    return answer;
  }
}
