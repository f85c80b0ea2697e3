// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;

/** The same message as Google's library understands it. */
final class ProtobufReference {

  private static final Map<FieldDescriptorProto.Type, String> VALUE_FIELDS =
      Map.of(
          FieldDescriptorProto.Type.TYPE_DOUBLE, "3 double_value",
          FieldDescriptorProto.Type.TYPE_FLOAT, "4 float_value",
          FieldDescriptorProto.Type.TYPE_INT64, "5 long_value",
          FieldDescriptorProto.Type.TYPE_INT32, "6 int_value",
          FieldDescriptorProto.Type.TYPE_BOOL, "7 bool_value",
          FieldDescriptorProto.Type.TYPE_STRING, "8 string_value",
          FieldDescriptorProto.Type.TYPE_BYTES, "9 bytes_value");

  private static final Map<String, String> VALUE_OF_TYPE =
      Map.of(
          "DOUBLE",
          "double_value",
          "FLOAT",
          "float_value",
          "INT64",
          "long_value",
          "INT32",
          "int_value",
          "BOOL",
          "bool_value",
          "STRING",
          "string_value",
          "BYTES",
          "bytes_value");

  private final Descriptor payload;

  ProtobufReference() {
    try {
      FileDescriptorProto file =
          FileDescriptorProto.newBuilder()
              .setName("kurapayload.proto")
              .setPackage("kuradatatypes")
              .addMessageType(payloadMessage())
              .build();
      payload =
          FileDescriptor.buildFrom(file, new FileDescriptor[0])
              .findMessageTypeByName("KuraPayload");
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the library reads from the bytes; empty when it refuses them. */
  Optional<KuraPayload> read(byte[] bytes) {
    try {
      DynamicMessage message = DynamicMessage.parseFrom(payload, bytes);
      KuraPayload read = new KuraPayload();
      if (has(message, "timestamp")) {
        read.setTimestamp(new Date((long) get(message, "timestamp")));
      }
      if (has(message, "body")) {
        read.setBody(((ByteString) get(message, "body")).toByteArray());
      }
      if (has(message, "position")) {
        read.setPosition(position((DynamicMessage) get(message, "position")));
      }
      for (Object metric : (List<?>) get(message, "metric")) {
        DynamicMessage m = (DynamicMessage) metric;
        String type = ((EnumValueDescriptor) get(m, "type")).getName();
        Object value = get(m, Objects.requireNonNull(VALUE_OF_TYPE.get(type)));
        read.addMetric(
            (String) get(m, "name"), value instanceof ByteString raw ? raw.toByteArray() : value);
      }
      return Optional.of(read);
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static KuraPosition position(DynamicMessage message) {
    KuraPosition position = new KuraPosition();
    position.setLatitude((double) get(message, "latitude"));
    position.setLongitude((double) get(message, "longitude"));
    if (has(message, "altitude")) {
      position.setAltitude((double) get(message, "altitude"));
    }
    if (has(message, "satellites")) {
      position.setSatellites((int) get(message, "satellites"));
    }
    if (has(message, "time")) {
      position.setTimestamp(new Date((long) get(message, "time")));
    }
    return position;
  }

  private static boolean has(DynamicMessage message, String field) {
    return message.hasField(message.getDescriptorForType().findFieldByName(field));
  }

  private static Object get(DynamicMessage message, String field) {
    FieldDescriptor descriptor = message.getDescriptorForType().findFieldByName(field);
    return message.getField(descriptor);
  }

  private static DescriptorProto payloadMessage() {
    return DescriptorProto.newBuilder()
        .setName("KuraPayload")
        .addNestedType(metricMessage())
        .addNestedType(positionMessage())
        .addField(field(1, "timestamp", FieldDescriptorProto.Type.TYPE_INT64, Label.LABEL_OPTIONAL))
        .addField(
            message(2, "position", ".kuradatatypes.KuraPayload.KuraPosition", Label.LABEL_OPTIONAL))
        .addField(
            message(5000, "metric", ".kuradatatypes.KuraPayload.KuraMetric", Label.LABEL_REPEATED))
        .addField(field(5001, "body", FieldDescriptorProto.Type.TYPE_BYTES, Label.LABEL_OPTIONAL))
        .build();
  }

  private static DescriptorProto metricMessage() {
    DescriptorProto.Builder metric = DescriptorProto.newBuilder().setName("KuraMetric");
    EnumDescriptorProto.Builder types = EnumDescriptorProto.newBuilder().setName("ValueType");
    List<String> names = List.of("DOUBLE", "FLOAT", "INT64", "INT32", "BOOL", "STRING", "BYTES");
    for (int i = 0; i < names.size(); i++) {
      types.addValue(EnumValueDescriptorProto.newBuilder().setName(names.get(i)).setNumber(i));
    }
    metric.addEnumType(types);
    metric.addField(field(1, "name", FieldDescriptorProto.Type.TYPE_STRING, Label.LABEL_REQUIRED));
    metric.addField(
        FieldDescriptorProto.newBuilder()
            .setNumber(2)
            .setName("type")
            .setType(FieldDescriptorProto.Type.TYPE_ENUM)
            .setTypeName(".kuradatatypes.KuraPayload.KuraMetric.ValueType")
            .setLabel(Label.LABEL_REQUIRED));
    VALUE_FIELDS.forEach(
        (type, spec) ->
            metric.addField(
                field(spec.charAt(0) - '0', spec.split(" ", -1)[1], type, Label.LABEL_OPTIONAL)));
    return metric.build();
  }

  private static DescriptorProto positionMessage() {
    return DescriptorProto.newBuilder()
        .setName("KuraPosition")
        .addField(field(1, "latitude", FieldDescriptorProto.Type.TYPE_DOUBLE, Label.LABEL_REQUIRED))
        .addField(
            field(2, "longitude", FieldDescriptorProto.Type.TYPE_DOUBLE, Label.LABEL_REQUIRED))
        .addField(field(3, "altitude", FieldDescriptorProto.Type.TYPE_DOUBLE, Label.LABEL_OPTIONAL))
        .addField(
            field(4, "precision", FieldDescriptorProto.Type.TYPE_DOUBLE, Label.LABEL_OPTIONAL))
        .addField(field(5, "heading", FieldDescriptorProto.Type.TYPE_DOUBLE, Label.LABEL_OPTIONAL))
        .addField(field(6, "speed", FieldDescriptorProto.Type.TYPE_DOUBLE, Label.LABEL_OPTIONAL))
        .addField(field(7, "time", FieldDescriptorProto.Type.TYPE_INT64, Label.LABEL_OPTIONAL))
        .addField(
            field(8, "satellites", FieldDescriptorProto.Type.TYPE_INT32, Label.LABEL_OPTIONAL))
        .addField(field(9, "status", FieldDescriptorProto.Type.TYPE_INT32, Label.LABEL_OPTIONAL))
        .build();
  }

  private static FieldDescriptorProto field(
      int number, String name, FieldDescriptorProto.Type type, Label label) {
    return FieldDescriptorProto.newBuilder()
        .setNumber(number)
        .setName(name)
        .setType(type)
        .setLabel(label)
        .build();
  }

  private static FieldDescriptorProto message(int number, String name, String type, Label label) {
    return field(number, name, FieldDescriptorProto.Type.TYPE_MESSAGE, label).toBuilder()
        .setTypeName(type)
        .build();
  }
}
