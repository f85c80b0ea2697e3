// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.BlockWriter;
import io.kete.data.api.Sample;
import io.kete.policy.api.DataPolicy;
import io.kete.policy.api.Sealing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What it costs to seal a sample, against one call of the platform's AES-256-GCM with a key that is
 * used again and again, for the bytes of one sample. All times are for one sample.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealCost {

  static final int BLOCK = 32;

  private final BlockWriter writer = new BlockWriter();
  private final List<Sample> one = SealSubject.samples(1, SealSubject.CHANNELS);
  private final List<Sample> many = SealSubject.samples(BLOCK, SealSubject.CHANNELS);
  private final List<Sample> fifth = SealSubject.samples(BLOCK, 2);
  private final List<Sample> plain = SealSubject.samples(BLOCK, 0);
  private final List<Sample> onePlain = SealSubject.samples(1, 0);
  private final BlockId oneId = SealSubject.id(1);
  private final BlockId manyId = SealSubject.id(BLOCK);
  private final byte[] bytes = plainBytes(one);
  private final byte[] nonce = new byte[12];
  private final byte[] out = new byte[bytes.length + 16];
  private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
  private final Cipher cipher;
  private final DataPolicy all;
  private final DataPolicy some;
  private final DataPolicy none;
  private long counter;

  public SealCost() {
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
      all = SealSubject.policy(SealSubject.CHANNELS);
      some = SealSubject.policy(2);
      none = SealSubject.policy(0);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("nothing to measure", e);
    }
  }

  static byte[] plainBytes(List<Sample> samples) {
    return new BlockWriter()
        .write(new Block(SealSubject.id(samples.size()), "1", samples, Optional.empty()));
  }

  /** The yardstick: the cipher alone, with a nonce that counts. */
  @Benchmark
  public int bareCipher() throws GeneralSecurityException {
    ByteBuffer.wrap(nonce).putInt(7).putLong(counter++);
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
    return cipher.doFinal(bytes, 0, bytes.length, out, 0);
  }

  /** Everything the policy does for a block of one sample: decide, write, seal. */
  @Benchmark
  public Sealing sealOfOne() {
    return all.seal(oneId, one);
  }

  /** The same for a block of 32. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public Sealing sealOf32() {
    return all.seal(manyId, many);
  }

  /** What a group commit does with a block of one sample that is plain. */
  @Benchmark
  public byte[] commitOnePlain() {
    return writer.write(none.seal(oneId, onePlain).block());
  }

  /** The same with all channels sealed. */
  @Benchmark
  public byte[] commitOneSealed() {
    return writer.write(all.seal(oneId, one).block());
  }

  /** What a group commit does with a block: the policy, then the stored form. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public byte[] commitAllPlain() {
    return writer.write(none.seal(manyId, plain).block());
  }

  /** With two of ten channels sealed. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public byte[] commitFifthSealed() {
    return writer.write(some.seal(manyId, fifth).block());
  }

  /** With all channels sealed. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public byte[] commitAllSealed() {
    return writer.write(all.seal(manyId, many).block());
  }
}
