// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

/**
 * Names of the metrics and kinds of records on the wire, version 1; their meaning is in {@code
 * docs/record.md}.
 */
public final class RecordMetrics {

  /** Kind and version of the record, STRING. */
  public static final String RECORD = "kete.record";

  /** Name of the stream, STRING. */
  public static final String STREAM = "kete.stream";

  /** Incarnation of the stream, INT64. */
  public static final String INCARNATION = "kete.incarnation";

  /** Sequence number of the (first) sample, INT64. */
  public static final String SEQ = "kete.seq";

  /** Number of samples the record covers, INT32; absent means one. */
  public static final String COUNT = "kete.count";

  /**
   * On a sample record: first sequence number of the sealed block that also covers this sample,
   * INT64.
   */
  public static final String SEALED_FROM = "kete.sealed.from";

  /**
   * On a sealed record: number of samples of the block that are sample records of their own, INT32.
   */
  public static final String OPEN = "kete.open";

  /** On a sealed or key record: the client id of the gateway, STRING. */
  public static final String GATEWAY = "kete.gateway";

  /** On a sealed record: version of the policy, STRING. */
  public static final String POLICY = "kete.policy";

  /** On a sealed or key record: the key epoch, STRING. */
  public static final String EPOCH = "kete.epoch";

  /** True when the record is sent from the backlog or again, BOOL; absent means live. */
  public static final String REPLAY = "kete.replay";

  /** Clock quality unless it is SYNCHRONISED, STRING. */
  public static final String CLOCK = "kete.clock";

  /**
   * Units of the asset's channels, STRING {@code channel=unit,...}; on the first sample record of
   * an asset in each block.
   */
  public static final String UNITS = "kete.units";

  /**
   * Which model made which readings, STRING {@code slot=model/version@digest:output+output,...}.
   */
  public static final String MODEL = "kete.model";

  /** Why a range of samples was dropped, STRING. */
  public static final String REASON = "kete.reason";

  /** On a ledger record: whose account it is, STRING {@code stream} or {@code route}. */
  public static final String LEDGER = "kete.ledger";

  /** On a ledger record: name of the stream or route, STRING. */
  public static final String LEDGER_NAME = "kete.ledger.name";

  /** On the ledger record of a stream: samples that were on the medium, ever, INT64. */
  public static final String LEDGER_ACCEPTED = "kete.ledger.accepted";

  /** On the ledger record of a stream: samples that the broker confirmed, INT64. */
  public static final String LEDGER_DELIVERED = "kete.ledger.delivered";

  /** On the ledger record of a stream: samples that still have to be delivered, INT64. */
  public static final String LEDGER_BUFFERED = "kete.ledger.buffered";

  /** On the ledger record of a stream, followed by the reason: samples given up, INT64. */
  public static final String LEDGER_DROPPED = "kete.ledger.dropped.";

  /** Name of the asset, STRING; the name Kura uses. */
  public static final String ASSET = "assetName";

  /** Suffix of a channel name: its quality and reason unless GOOD, STRING. */
  public static final String QUALITY_SUFFIX = "#quality";

  /**
   * Suffix of a channel name: its own time in milliseconds when it differs from the payload's,
   * INT64.
   */
  public static final String TIME_SUFFIX = "#time";

  /** Kind: the open readings of one sample. */
  public static final String KIND_SAMPLE = "sample/1";

  /** Kind: the sealed part of a block, in the body. */
  public static final String KIND_SEALED = "sealed/1";

  /** Kind: the key of an epoch for its recipients, in the body. */
  public static final String KIND_KEY = "key/1";

  /** Kind: a range of samples that was dropped, with the reason. */
  public static final String KIND_DROPPED = "dropped/1";

  /** Kind: the account of a stream or a route. */
  public static final String KIND_LEDGER = "ledger/1";

  private RecordMetrics() {}
}
