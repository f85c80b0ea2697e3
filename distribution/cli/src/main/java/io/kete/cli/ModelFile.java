// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import io.kete.features.DeploymentPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The bundle of a model, and the deployment package around it.
 *
 * @param name name of the model
 * @param version its version
 * @param engine what runs it
 */
record ModelFile(String name, String version, String engine) {

  // Zip files hold local times; a fixed one gives the same bytes on every machine.
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  /** Symbolic name of the bundle; a new version of the model updates the bundle of the old one. */
  String symbolicName() {
    return "io.kete.models." + name.replace('-', '.');
  }

  String bundleName() {
    return symbolicName() + "-" + version + ".jar";
  }

  String packageName() {
    return "kete-model-" + name + "_" + version + ".dp";
  }

  /** Writes the bundle: data only, always the same bytes for the same files. */
  void writeBundle(
      OutputStream out, byte[] descriptor, String file, byte[] model, Optional<byte[]> signature)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    ByteArrayOutputStream manifest = new ByteArrayOutputStream();
    manifest().write(manifest);
    put(zip, JarFile.MANIFEST_NAME, manifest.toByteArray());
    put(zip, "model/model.json", descriptor);
    put(zip, "model/" + file, model);
    if (signature.isPresent()) {
      put(zip, "model/model.p7s", signature.get());
    }
    zip.finish();
  }

  private Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", symbolicName());
    main.putValue("Bundle-Name", "Model " + name);
    main.putValue("Bundle-Version", version);
    main.putValue(
        "Provide-Capability",
        "io.kete.model;name=\""
            + name
            + "\";version:Version=\""
            + version
            + "\";engine=\""
            + engine
            + "\"");
    return manifest;
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** The deployment package with this one bundle, not signed. */
  byte[] deploymentPackage(byte[] bundle) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DeploymentPackage("kete-model-" + name).add(symbolicName(), bundle).write(out);
    return out.toByteArray();
  }
}
