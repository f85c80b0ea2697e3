// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Decodes Kura payloads with Google's protobuf library and a descriptor of the message, gzipped or
 * not.
 */
final class PayloadDecoder {

  private static final int MAX_BYTES = 16 << 20;
  private static final Descriptor PAYLOAD = payloadDescriptor();
  private static final Descriptor METRIC = PAYLOAD.findFieldByName("metric").getMessageType();
  private static final List<String> VALUE_FIELDS =
      List.of(
          "double_value",
          "float_value",
          "long_value",
          "int_value",
          "bool_value",
          "string_value",
          "bytes_value");

  private PayloadDecoder() {}

  private static Descriptor payloadDescriptor() {
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("kurapayload.proto")
            .setPackage("kura")
            .setSyntax("proto2")
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("KuraPayload")
                    .addNestedType(metric())
                    .addField(optional("timestamp", 1, FieldDescriptorProto.Type.TYPE_INT64))
                    .addField(
                        field(
                                "metric",
                                5000,
                                FieldDescriptorProto.Type.TYPE_MESSAGE,
                                FieldDescriptorProto.Label.LABEL_REPEATED)
                            .setTypeName(".kura.KuraPayload.KuraMetric"))
                    .addField(optional("body", 5001, FieldDescriptorProto.Type.TYPE_BYTES)))
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[0])
          .findMessageTypeByName("KuraPayload");
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException("the descriptor above is wrong", e);
    }
  }

  private static DescriptorProto metric() {
    return DescriptorProto.newBuilder()
        .setName("KuraMetric")
        .addEnumType(valueType())
        .addField(
            field(
                "name",
                1,
                FieldDescriptorProto.Type.TYPE_STRING,
                FieldDescriptorProto.Label.LABEL_REQUIRED))
        .addField(
            field(
                    "type",
                    2,
                    FieldDescriptorProto.Type.TYPE_ENUM,
                    FieldDescriptorProto.Label.LABEL_REQUIRED)
                .setTypeName(".kura.KuraPayload.KuraMetric.ValueType"))
        .addField(optional("double_value", 3, FieldDescriptorProto.Type.TYPE_DOUBLE))
        .addField(optional("float_value", 4, FieldDescriptorProto.Type.TYPE_FLOAT))
        .addField(optional("long_value", 5, FieldDescriptorProto.Type.TYPE_INT64))
        .addField(optional("int_value", 6, FieldDescriptorProto.Type.TYPE_INT32))
        .addField(optional("bool_value", 7, FieldDescriptorProto.Type.TYPE_BOOL))
        .addField(optional("string_value", 8, FieldDescriptorProto.Type.TYPE_STRING))
        .addField(optional("bytes_value", 9, FieldDescriptorProto.Type.TYPE_BYTES))
        .build();
  }

  private static EnumDescriptorProto valueType() {
    EnumDescriptorProto.Builder types = EnumDescriptorProto.newBuilder().setName("ValueType");
    for (String name : List.of("DOUBLE", "FLOAT", "INT64", "INT32", "BOOL", "STRING", "BYTES")) {
      types.addValue(
          EnumValueDescriptorProto.newBuilder().setName(name).setNumber(types.getValueCount()));
    }
    return types.build();
  }

  private static FieldDescriptorProto.Builder optional(
      String name, int number, FieldDescriptorProto.Type type) {
    return field(name, number, type, FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }

  private static FieldDescriptorProto.Builder field(
      String name, int number, FieldDescriptorProto.Type type, FieldDescriptorProto.Label label) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(label);
  }

  /** The protobuf bytes of a message as it came, inflated where it was gzipped. */
  static byte[] plainBytes(byte[] message) throws RecordException {
    boolean gzipped = message.length > 1 && message[0] == 0x1F && message[1] == (byte) 0x8B;
    if (!gzipped) {
      return message;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(message))) {
      byte[] inflated = in.readNBytes(MAX_BYTES + 1);
      if (inflated.length > MAX_BYTES) {
        throw new RecordException("message inflates to more than " + MAX_BYTES + " bytes");
      }
      return inflated;
    } catch (IOException e) {
      throw new RecordException("message is not gzip", e);
    }
  }

  static Payload decode(byte[] plainBytes) throws RecordException {
    try {
      DynamicMessage message = DynamicMessage.parseFrom(PAYLOAD, plainBytes);
      Map<String, Object> metrics = new LinkedHashMap<>();
      for (Object each : (List<?>) message.getField(PAYLOAD.findFieldByName("metric"))) {
        DynamicMessage metric = (DynamicMessage) each;
        String name = (String) metric.getField(METRIC.findFieldByName("name"));
        if (metrics.put(name, value(name, metric)) != null) {
          throw new RecordException("metric " + name + " stands twice");
        }
      }
      long timestamp = (Long) message.getField(PAYLOAD.findFieldByName("timestamp"));
      ByteString body = (ByteString) message.getField(PAYLOAD.findFieldByName("body"));
      return new Payload(timestamp, metrics, body);
    } catch (InvalidProtocolBufferException e) {
      throw new RecordException("message is no Kura payload", e);
    }
  }

  private static Object value(String name, DynamicMessage metric) throws RecordException {
    int type = ((EnumValueDescriptor) metric.getField(METRIC.findFieldByName("type"))).getNumber();
    FieldDescriptor field = METRIC.findFieldByName(VALUE_FIELDS.get(type));
    if (!metric.hasField(field)) {
      throw new RecordException("metric " + name + " has no value of its type");
    }
    Object value = metric.getField(field);
    if (value instanceof Float number) {
      return (double) number;
    }
    if (value instanceof Integer number) {
      return (long) number;
    }
    return value;
  }
}
