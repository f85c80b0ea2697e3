// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Icon;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says about the configuration of one component.
 *
 * @param pid the PID or factory PID; also the id of the definition
 * @param factory whether instances are made by factory configuration
 */
record Metatype(String pid, boolean factory, Definition definition) {

  /** The attribute of that key. */
  Optional<Attribute> attribute(String key) {
    return definition.attributes().stream().filter(ad -> ad.id().equals(key)).findFirst();
  }

  /** An object class definition. */
  record Definition(
      String id,
      @Nullable String name,
      @Nullable String description,
      List<Attribute> attributes,
      List<Picture> pictures)
      implements OCD {

    Definition {
      attributes = List.copyOf(attributes);
      pictures = List.copyOf(pictures);
    }

    @Override
    public List<AD> getAD() {
      return List.copyOf(attributes);
    }

    @Override
    public List<Icon> getIcon() {
      return List.copyOf(pictures);
    }

    @Override
    public @Nullable String getName() {
      return name;
    }

    @Override
    public @Nullable String getDescription() {
      return description;
    }

    @Override
    public String getId() {
      return id;
    }
  }

  /** An attribute definition. */
  record Attribute(
      String id,
      Scalar type,
      int cardinality,
      boolean required,
      @Nullable String fallback,
      @Nullable String min,
      @Nullable String max,
      @Nullable String name,
      @Nullable String description,
      List<Choice> choices)
      implements AD {

    Attribute {
      choices = List.copyOf(choices);
    }

    /** Whether the value is an array. */
    boolean many() {
      return cardinality < -1 || cardinality > 1;
    }

    @Override
    public List<Option> getOption() {
      return List.copyOf(choices);
    }

    @Override
    public @Nullable String getName() {
      return name;
    }

    @Override
    public @Nullable String getDescription() {
      return description;
    }

    @Override
    public String getId() {
      return id;
    }

    @Override
    public Scalar getType() {
      return type;
    }

    @Override
    public int getCardinality() {
      return cardinality;
    }

    @Override
    public @Nullable String getMin() {
      return min;
    }

    @Override
    public @Nullable String getMax() {
      return max;
    }

    @Override
    public @Nullable String getDefault() {
      return fallback;
    }

    @Override
    public boolean isRequired() {
      return required;
    }
  }

  /** One of the allowed values. */
  record Choice(String label, String value) implements Option {
    @Override
    public String getLabel() {
      return label;
    }

    @Override
    public String getValue() {
      return value;
    }
  }

  /** What a console draws. */
  record Picture(String resource, BigInteger size) implements Icon {
    @Override
    public String getResource() {
      return resource;
    }

    @Override
    public BigInteger getSize() {
      return size;
    }
  }
}
