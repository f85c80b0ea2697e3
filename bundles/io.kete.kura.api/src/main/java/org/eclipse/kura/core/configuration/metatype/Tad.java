// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.core.configuration.metatype;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * The definition of one configuration key, to be filled in: id and type have to be set before they
 * are asked for. Not safe for several threads while it is filled in.
 */
public class Tad implements AD {

  private final List<Option> options = new ArrayList<>();
  private @Nullable String id;
  private @Nullable Tscalar type;
  private @Nullable String name;
  private @Nullable String description;
  private @Nullable String min;
  private @Nullable String max;
  private @Nullable String fallback;
  private @Nullable Integer cardinality;
  private @Nullable Boolean required;

  /** The allowed values, as they were added; the list itself, not a copy. */
  @Override
  public List<Option> getOption() {
    return options;
  }

  /** Adds one allowed value. */
  public void setOption(Toption o) {
    options.add(o);
  }

  @Override
  public @Nullable String getName() {
    return name;
  }

  /** Sets what people see. */
  public void setName(@Nullable String value) {
    this.name = value;
  }

  @Override
  public @Nullable String getDescription() {
    return description;
  }

  /** Sets the explanation for people. */
  public void setDescription(@Nullable String value) {
    this.description = value;
  }

  @Override
  public String getId() {
    return set(id, "id");
  }

  /** Sets the key. */
  public void setId(String value) {
    this.id = value;
  }

  @Override
  public Scalar getType() {
    return Scalar.valueOf(set(type, "type").name());
  }

  /** Sets the type of the value. */
  public void setType(Tscalar value) {
    this.type = value;
  }

  /** 0 unless something else was set. */
  @Override
  public int getCardinality() {
    return cardinality == null ? 0 : cardinality;
  }

  /** Sets how many values there may be, as {@link AD#getCardinality} counts. */
  public void setCardinality(@Nullable Integer value) {
    this.cardinality = value;
  }

  @Override
  public @Nullable String getMin() {
    return min;
  }

  /** Sets the smallest value, as text. */
  public void setMin(@Nullable String value) {
    this.min = value;
  }

  @Override
  public @Nullable String getMax() {
    return max;
  }

  /** Sets the largest value, as text. */
  public void setMax(@Nullable String value) {
    this.max = value;
  }

  @Override
  public @Nullable String getDefault() {
    return fallback;
  }

  /** Sets the default, as text. */
  public void setDefault(@Nullable String value) {
    this.fallback = value;
  }

  /** True unless something else was set. */
  @Override
  public boolean isRequired() {
    return required == null || required;
  }

  /** Sets whether a value has to be there. */
  public void setRequired(@Nullable Boolean value) {
    this.required = value;
  }

  private static <T> T set(@Nullable T value, String what) {
    if (value == null) {
      throw new NullPointerException("the " + what + " of an attribute was never set");
    }
    return value;
  }
}
