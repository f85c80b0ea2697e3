// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
    id = H2Stream.PID,
    name = "H2Stream",
    description = "A durable stream of samples: accepted means on the medium.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@interface H2StreamConfig {

  @AttributeDefinition(name = "Stream", description = "Name of the stream, unique on the gateway.")
  String stream();

  @AttributeDefinition(
      name = "Gateway",
      required = false,
      description =
          "Name of this gateway in every record. Empty: property kete.gateway, else the host name.")
  String gateway() default "";

  @AttributeDefinition(
      name = "Directory",
      required = false,
      description =
          "Where the data is. Empty: buffer/<stream> below the directory in property kete.data.")
  String directory() default "";

  @AttributeDefinition(
      name = "Samples per block",
      description = "Most samples that are sealed together.",
      min = "1",
      max = "4096")
  int commit_max_samples() default 64;

  @AttributeDefinition(
      name = "Blocks per commit",
      description = "Most blocks that are synced together.",
      min = "1",
      max = "256")
  int commit_max_blocks() default 16;

  @AttributeDefinition(
      name = "Commit latency",
      description =
          "Milliseconds from a commit until the next; samples of that time share one."
              + " 0: as fast as the medium.",
      min = "0",
      max = "10000")
  int commit_latency_ms() default 20;

  @AttributeDefinition(
      name = "Segment size",
      description = "Bytes of one segment file. Space is given back in segments.",
      min = "65536",
      max = "67108864")
  long segment_bytes() default 8_388_608;

  @AttributeDefinition(
      name = "Size limit",
      description = "Most bytes of the stream on the medium, at least three segments.",
      min = "196608",
      max = "1125899906842624")
  long max_bytes() default 536_870_912;

  @AttributeDefinition(
      name = "When full",
      description = "Let new samples wait, drop the oldest stored ones, or refuse new ones.",
      options = {
        @Option(label = "push back", value = "push-back"),
        @Option(label = "drop oldest", value = "drop-oldest"),
        @Option(label = "drop newest", value = "drop-newest")
      })
  String when_full() default "drop-oldest";

  @AttributeDefinition(
      name = "Age limit",
      description = "Seconds of running time after which unsent samples are dropped. 0: never.",
      min = "0",
      max = "3153600000")
  long max_age() default 0;

  @AttributeDefinition(
      name = "Free space",
      description =
          "Bytes to leave free on the medium. With less the stream does not grow. 0: off.",
      min = "0",
      max = "1125899906842624")
  long min_free_bytes() default 33_554_432;

  @AttributeDefinition(
      name = "Encryption",
      description = "Whether the stored samples are encrypted with a key of this device.",
      options = {
        @Option(label = "none", value = "none"),
        @Option(label = "with a key of the device", value = "device")
      })
  String encryption() default "none";

  @AttributeDefinition(
      name = "Priority",
      description = "Which stream goes first on a shared link: 0, the most urgent, to 9.",
      min = "0",
      max = "9")
  int priority() default 5;

  @AttributeDefinition(
      name = "Transport",
      description = "Kind of uplink that is meant to drain the stream.")
  String transport() default "cloud";

  @AttributeDefinition(
      name = "Lanes",
      description = "Send live samples beside the backlog, or all in one order.",
      options = {
        @Option(label = "live and backlog", value = "live-and-backlog"),
        @Option(label = "in order", value = "in-order")
      })
  String lanes() default "live-and-backlog";

  @AttributeDefinition(
      name = "Live lag",
      description = "Milliseconds after which a sample that was not taken is backlog.",
      min = "100",
      max = "3600000")
  int live_lag_ms() default 2000;

  @AttributeDefinition(
      name = "Replay limit",
      description = "Most samples that are sent twice when the gateway is killed.",
      min = "64",
      max = "1000000")
  int replay_limit() default 16_384;
}
