// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

/**
 * Which exit the messages take. A change of it begins a new relay; the connection stays.
 *
 * @param link name of the link that is shared
 * @param topic of the transport, below account and client id
 * @param gzipFrom size from which the payload of the transport is compressed
 */
record Way(Kind kind, String link, String topic, int gzipFrom) {

  /** Kinds of exits. */
  enum Kind {
    /** Any {@code CloudPublisher}. */
    CLOUD_PUBLISHER("cloud-publisher"),
    /** {@code DataTransportService}. */
    DATA_TRANSPORT("data-transport");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    static Kind of(String text) {
      for (Kind kind : values()) {
        if (kind.key.equals(text)) {
          return kind;
        }
      }
      throw UplinkSettings.wrong("transport", text, "cloud-publisher or data-transport");
    }
  }

  static Way of(CloudUplinkConfig config) {
    String topic = config.transport_topic().strip();
    if (topic.isEmpty()
        || topic.startsWith("/")
        || topic.endsWith("/")
        || topic.indexOf('+') >= 0
        || topic.indexOf('#') >= 0) {
      throw UplinkSettings.wrong(
          "transport.topic", topic, "a topic without +, # and outer slashes");
    }
    return new Way(
        Kind.of(config.transport()),
        UplinkSettings.name("link", config.link()),
        topic,
        (int)
            UplinkSettings.within("transport.gzip.from", config.transport_gzip_from(), 0, 1 << 28));
  }
}
