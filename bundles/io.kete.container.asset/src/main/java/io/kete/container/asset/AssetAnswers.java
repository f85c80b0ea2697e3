// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import io.kete.container.asset.AssetWish.ChannelWish;
import io.kete.policy.api.DataPolicy;
import io.kete.policy.api.Treatment;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ASSET-V1} answers, as JSON. A value is only told when the data policy lets its
 * channel leave in clear; without a policy none is.
 */
final class AssetAnswers {

  private static final String NAME = "name";
  private static final String ERROR = "error";
  private static final String NOT_FOUND = "Asset not found";

  private final Map<String, Asset> assets;
  private final Optional<DataPolicy> policy;

  /** Answers about the assets that are there now, by their PID. */
  AssetAnswers(Map<String, Asset> assets, Optional<DataPolicy> policy) {
    this.assets = new TreeMap<>(assets);
    this.policy = policy;
  }

  private List<AssetWish> orAll(Optional<List<AssetWish>> wishes) {
    return wishes.orElseGet(
        () -> assets.keySet().stream().map(pid -> new AssetWish(pid, Optional.empty())).toList());
  }

  private static Map<String, Channel> channels(Asset asset) {
    return asset.getAssetConfiguration().getAssetChannels();
  }

  /** Names, types and modes. */
  JsonArray list(Optional<List<AssetWish>> wishes) {
    JsonArray all = new JsonArray();
    for (AssetWish wish : orAll(wishes)) {
      JsonObject described = new JsonObject().add(NAME, wish.name());
      Asset asset = assets.get(wish.name());
      if (asset == null) {
        all.add(described.add(ERROR, NOT_FOUND));
        continue;
      }
      JsonArray list = new JsonArray();
      for (Channel channel : new TreeMap<>(channels(asset)).values()) {
        list.add(
            new JsonObject()
                .add(NAME, channel.getName())
                .add("type", channel.getValueType().name())
                .add("mode", channel.getType().name()));
      }
      all.add(described.add("channels", list));
    }
    return all;
  }

  /** Asks the devices. */
  JsonArray read(Optional<List<AssetWish>> wishes) {
    return each(orAll(wishes), this::read);
  }

  /** What is to be done with the channels of one asset. */
  @FunctionalInterface
  private interface Work {
    JsonArray on(AssetWish wish, Asset asset) throws KuraException;
  }

  private JsonArray each(List<AssetWish> wishes, Work work) {
    JsonArray all = new JsonArray();
    for (AssetWish wish : wishes) {
      JsonObject told = new JsonObject().add(NAME, wish.name());
      Asset asset = assets.get(wish.name());
      try {
        all.add(
            asset == null
                ? told.add(ERROR, NOT_FOUND)
                : told.add("channels", work.on(wish, asset)));
      } catch (KuraException e) {
        all.add(told.add(ERROR, String.valueOf(e.getMessage())));
      }
    }
    return all;
  }

  private JsonArray read(AssetWish wish, Asset asset) throws KuraException {
    Set<String> open = new LinkedHashSet<>();
    JsonArray told = new JsonArray();
    for (String channel : wanted(wish, asset)) {
      Optional<String> withheld = withheld(wish.name(), channel);
      if (withheld.isPresent()) {
        told.add(failed(channel, withheld.get()));
      } else {
        open.add(channel);
      }
    }
    if (!open.isEmpty()) {
      for (ChannelRecord record : asset.read(open)) {
        told.add(told(record));
      }
    }
    return told;
  }

  private static List<String> wanted(AssetWish wish, Asset asset) {
    return wish.channels()
        .map(wishes -> wishes.stream().map(ChannelWish::name).distinct().toList())
        .orElseGet(
            () ->
                channels(asset).values().stream()
                    .filter(channel -> channel.getType() != ChannelType.WRITE)
                    .filter(Channel::isEnabled)
                    .map(Channel::getName)
                    .sorted()
                    .toList());
  }

  private Optional<String> withheld(String asset, String channel) {
    if (policy.isEmpty()) {
      return Optional.of("withheld: there is no data policy");
    }
    Treatment treatment = policy.get().treatment(asset, channel);
    return treatment == Treatment.PLAIN
        ? Optional.empty()
        : Optional.of("withheld: the data policy does not let this channel leave in clear");
  }

  private static JsonObject told(ChannelRecord record) {
    TypedValue<?> value = record.getValue();
    ChannelStatus status = record.getChannelStatus();
    if (value == null || status == null || status.getChannelFlag() != ChannelFlag.SUCCESS) {
      return failed(record.getChannelName(), reason(status))
          .add("timestamp", record.getTimestamp());
    }
    return new JsonObject()
        .add(NAME, record.getChannelName())
        .add("type", value.getType().name())
        .add("value", text(value))
        .add("timestamp", record.getTimestamp());
  }

  private static String text(TypedValue<?> value) {
    return value.getValue() instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : String.valueOf(value.getValue());
  }

  private static String reason(@Nullable ChannelStatus status) {
    String message = status == null ? null : status.getExceptionMessage();
    return message == null ? "the driver gave no value" : message;
  }

  private static JsonObject failed(String channel, String reason) {
    return new JsonObject().add(NAME, channel).add(ERROR, reason);
  }

  /** Writes to the devices; values are not told back. */
  JsonArray write(List<AssetWish> wishes) {
    return each(wishes, (wish, asset) -> write(wish.channels().orElse(List.of()), asset));
  }

  private static JsonArray write(List<ChannelWish> wishes, Asset asset) throws KuraException {
    JsonArray told = new JsonArray();
    List<ChannelRecord> records = new ArrayList<>();
    for (ChannelWish wish : wishes) {
      try {
        records.add(ChannelRecord.createWriteRecord(wish.name(), value(wish)));
      } catch (IllegalArgumentException e) {
        told.add(failed(wish.name(), String.valueOf(e.getMessage())));
      }
    }
    asset.write(records);
    for (ChannelRecord record : records) {
      ChannelStatus status = record.getChannelStatus();
      boolean good = status != null && status.getChannelFlag() == ChannelFlag.SUCCESS;
      JsonObject outcome =
          good
              ? new JsonObject().add(NAME, record.getChannelName())
              : failed(record.getChannelName(), reason(status));
      told.add(outcome.add("timestamp", record.getTimestamp()));
    }
    return told;
  }

  private static TypedValue<?> value(ChannelWish wish) {
    if (wish.type().isEmpty() || wish.value().isEmpty()) {
      throw new IllegalArgumentException("type and value are needed to write");
    }
    DataType type = wish.type().get();
    String text = wish.value().get();
    if (type == DataType.BOOLEAN && !text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("the value is neither true nor false");
    }
    try {
      return TypedValues.parseTypedValue(type, text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the value is no " + type, e);
    }
  }
}
