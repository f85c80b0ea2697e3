// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import io.kete.cli.provision.CsvTable.Row;
import io.kete.container.config.OfflineConfiguration;
import io.kete.launcher.PendingSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A directory many gateways are made of, with a table of what differs: a column {@code gateway} and
 * one for each further value. It holds no secret; each gateway is given its own when it is
 * provisioned.
 */
public final class Template {

  private final Path directory;
  private final Path bundles;
  private final Clock clock;

  /**
   * @param home the installation, whose bundles say what a right configuration is
   */
  public Template(Path directory, Path home, Clock clock) {
    this.directory = directory;
    this.bundles = home.resolve("bundles");
    this.clock = clock;
  }

  /**
   * Writes one directory for each row, all or none.
   *
   * @param out a directory that is not there yet
   * @return the names of the gateways
   */
  public List<String> expand(Path csv, Path out) throws ProvisionException, IOException {
    if (Files.exists(out)) {
      throw new ProvisionException(out + " is there already; remove it or name another one");
    }
    Description template = Description.read(directory);
    CsvTable table = CsvTable.read(csv);
    List<String> wrong = new ArrayList<>(template.objections(clock));
    wrong.addAll(
        SecretRules.inTemplate(template.folder(), template.manifest(), template.configuration()));
    wrong.addAll(wrongColumns(template, table, csv));
    if (!wrong.isEmpty()) {
      throw new ProvisionException(wrong);
    }
    Map<String, Manifest> gateways = manifests(template, table, csv);
    write(template, gateways, out);
    return List.copyOf(gateways.keySet());
  }

  private static List<String> wrongColumns(Description template, CsvTable table, Path csv) {
    List<String> wrong = new ArrayList<>();
    Set<String> columns = new TreeSet<>(table.header());
    if (!columns.contains(Manifest.GATEWAY)) {
      wrong.add(csv + ":1: the column " + Manifest.GATEWAY + " is missing");
    }
    for (String column : columns) {
      if (!column.equals(Manifest.GATEWAY) && !template.places().contains(column)) {
        wrong.add(csv + ":1: the template has no place @" + column + "@");
      }
    }
    wrong.addAll(SecretRules.given(template.configuration(), columns, csv.toString()));
    return wrong;
  }

  private Map<String, Manifest> manifests(Description template, CsvTable table, Path csv)
      throws ProvisionException, IOException {
    SortedMap<String, String> sums = Description.sums(template.folder());
    Map<String, Manifest> manifests = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (Row row : table.rows()) {
      SortedMap<String, String> values = new TreeMap<>(template.manifest().values());
      for (int i = 0; i < table.header().size(); i++) {
        values.put(table.header().get(i), row.cells().get(i));
      }
      Manifest manifest = new Manifest(values, Optional.of(sums));
      try {
        Manifest.requireGateway(manifest.gateway());
        if (manifests.put(manifest.gateway(), manifest) != null) {
          throw new ProvisionException("the gateway " + manifest.gateway() + " stands twice");
        }
        wrong.addAll(trial(template, manifest, csv + ":" + row.line() + ": "));
      } catch (ProvisionException e) {
        e.reasons().forEach(reason -> wrong.add(csv + ":" + row.line() + ": " + reason));
      }
    }
    if (manifests.isEmpty()) {
      wrong.add(csv + ": there is no gateway in this table");
    }
    if (!wrong.isEmpty()) {
      throw new ProvisionException(wrong.subList(0, Math.min(wrong.size(), 50)));
    }
    return manifests;
  }

  /** Fills the snapshot as the gateway will, with something in the places of secrets. */
  private List<String> trial(Description template, Manifest manifest, String where)
      throws ProvisionException, IOException {
    Map<String, String> secrets = new HashMap<>();
    SecretRules.places(template.configuration()).forEach(name -> secrets.put(name, "secret"));
    Set<String> missing = new HashSet<>(template.places());
    missing.removeAll(manifest.values().keySet());
    missing.removeAll(secrets.keySet());
    missing.remove("user");
    if (!missing.isEmpty()) {
      throw new ProvisionException("no value for " + new TreeSet<>(missing));
    }
    Description filled = template.with(manifest);
    String snapshot = filled.snapshot(secrets, Map.of("user", "/user"));
    return OfflineConfiguration.read(
            GatewayFolder.SNAPSHOT, snapshot.getBytes(StandardCharsets.UTF_8))
        .objections(bundles)
        .stream()
        .map(objection -> where + objection)
        .toList();
  }

  private static void write(Description template, Map<String, Manifest> gateways, Path out)
      throws IOException {
    Path unfinished = out.resolveSibling("." + out.getFileName() + ".unfinished");
    PendingSet.delete(unfinished);
    for (Map.Entry<String, Manifest> gateway : gateways.entrySet()) {
      Path place = unfinished.resolve(gateway.getKey());
      Files.createDirectories(place);
      for (Map.Entry<String, byte[]> file : template.folder().files().entrySet()) {
        Path target = place.resolve(file.getKey());
        Files.createDirectories(target.getParent());
        Files.write(target, file.getValue());
      }
      Files.writeString(place.resolve(GatewayFolder.MANIFEST), gateway.getValue().toJson());
    }
    Files.move(unfinished, out, StandardCopyOption.ATOMIC_MOVE);
  }
}
