// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The bytes of a model, and the identity they give it. */
public final class ModelFiles {

  /** Name of the descriptor. */
  public static final String DESCRIPTOR = "model.json";

  /** Name of the signature. */
  public static final String SIGNATURE = "model.p7s";

  /** Most bytes of a descriptor. */
  public static final int MAX_DESCRIPTOR = 1 << 20;

  /** Most bytes of a model, and of a file that brings one. */
  public static final int MAX_MODEL = 64 << 20;

  /** Most bytes of a signature. */
  public static final int MAX_SIGNATURE = 1 << 16;

  private final ByteBuffer descriptor;
  private final String file;
  private final ByteBuffer model;
  private final Optional<ByteBuffer> signature;
  private final String inventory;

  /**
   * Reads all bytes once, for the digests; the buffers must not change any more.
   *
   * @param descriptor bytes of {@code model.json}
   * @param file name of the model's file
   * @param model bytes of that file, outside of the heap
   * @param signature detached signature over {@link #inventory()}, if there is one
   */
  public ModelFiles(
      ByteBuffer descriptor, String file, ByteBuffer model, Optional<ByteBuffer> signature) {
    this.descriptor = descriptor;
    this.file = file;
    this.model = model;
    this.signature = signature;
    this.inventory = inventory(Digest.of(descriptor), file, Digest.of(model));
  }

  /** Bytes of {@code model.json}. */
  public ByteBuffer descriptor() {
    return descriptor;
  }

  /** Name of the model's file. */
  public String file() {
    return file;
  }

  /** Bytes of the model's file. */
  public ByteBuffer model() {
    return model;
  }

  /** The detached signature over {@link #inventory()}, if there is one. */
  public Optional<ByteBuffer> signature() {
    return signature;
  }

  /**
   * What is signed and digested: the output of {@code sha256sum model.json <file>}, so that anybody
   * can make and check it without this program.
   */
  public String inventory() {
    return inventory;
  }

  static String inventory(String descriptor, String file, String model) {
    return descriptor + "  " + DESCRIPTOR + "\n" + model + "  " + file + "\n";
  }

  /** SHA-256 of the inventory: the identity of the model. */
  public String digest() {
    return Digest.of(inventory());
  }
}
