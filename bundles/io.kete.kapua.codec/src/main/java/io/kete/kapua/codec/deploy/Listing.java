// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec.deploy;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The XML of GET packages and GET bundles: no namespace, elements in the order Kapua knows. */
public final class Listing {

  private static final String PROLOGUE = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

  /** A deployment package. */
  public record PackageLine(String name, String version, List<BundleName> bundles) {
    /** Keeps a copy. */
    public PackageLine {
      bundles = List.copyOf(bundles);
    }
  }

  /** A bundle of a package. */
  public record BundleName(String name, String version) {}

  /** A bundle of the gateway; the state is one of OSGi's words. */
  public record BundleLine(String name, String version, long id, String state) {}

  private Listing() {}

  /** The body of the answer to GET packages. */
  public static byte[] packages(List<PackageLine> packages) {
    StringBuilder xml = new StringBuilder(PROLOGUE).append("<packages>");
    for (PackageLine line : packages) {
      xml.append("<package>");
      nameAndVersion(xml, line.name(), line.version());
      xml.append("<bundles>");
      for (BundleName bundle : line.bundles()) {
        xml.append("<bundle>");
        nameAndVersion(xml, bundle.name(), bundle.version());
        xml.append("</bundle>");
      }
      xml.append("</bundles></package>");
    }
    return bytes(xml.append("</packages>"));
  }

  /** The body of the answer to GET bundles. */
  public static byte[] bundles(List<BundleLine> bundles) {
    StringBuilder xml = new StringBuilder(PROLOGUE).append("<bundles>");
    for (BundleLine line : bundles) {
      xml.append("<bundle>");
      nameAndVersion(xml, line.name(), line.version());
      element(xml, "id", Long.toString(line.id()));
      element(xml, "state", line.state());
      xml.append("</bundle>");
    }
    return bytes(xml.append("</bundles>"));
  }

  private static void nameAndVersion(StringBuilder xml, String name, String version) {
    element(xml, "name", name);
    element(xml, "version", version);
  }

  private static void element(StringBuilder xml, String name, String text) {
    xml.append('<').append(name).append('>');
    text.codePoints().forEach(c -> escaped(xml, c));
    xml.append("</").append(name).append('>');
  }

  private static void escaped(StringBuilder xml, int c) {
    switch (c) {
      case '&' -> xml.append("&amp;");
      case '<' -> xml.append("&lt;");
      case '>' -> xml.append("&gt;");
      default -> xml.appendCodePoint(isXml(c) ? c : '?');
    }
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  private static byte[] bytes(StringBuilder xml) {
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }
}
