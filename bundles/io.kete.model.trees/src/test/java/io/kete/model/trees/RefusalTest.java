// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kete.model.api.ModelException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

  private static final String GOOD = Models.model(Models.LOGISTIC, Models.sum("identity"));
  private static final int ROUNDS = 40_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'kete-trees/1'    | 'kete-trees/2'   | format is not kete-trees/1",
        "'width':2         | 'width':3        | width is not 2 as in the descriptor",
        "'linear'          | 'cubic'          | kind is not one of [linear, trees]",
        "'weights':[2,-1]  | 'weights':[2]    | weights is not an array of 2 numbers",
        "'intercept':0.5   | 'intercept':null | null is not allowed",
        "'intercept':0.5   | 'intercept':1e999| a number is too large",
        "'intercept':0.5   | 'base':0.5       | output 1 has no intercept",
        "'intercept':0.5   | 'intercept':0,'x':1 | output 1 has 1 unknown keys",
        "'intercept':0.5   | 'intercept':0,'intercept':0 | a key stands twice",
        "[0,-1,1,-1,-1]    | [0,-1,2,-1,-1]   | feature holds a number outside -1 to 1",
        "[0,-1,1,-1,-1]    | [0,-1,0.5,-1,-1] | feature holds a number outside -1 to 1",
        "[1,-1,3,-1,-1]    | [1,-1,2,-1,-1]   | a child does not stand behind its parent",
        "[1,-1,3,-1,-1]    | [1,-1,4,-1,-1]   | a node has 0 parents",
        "[1,-1,3,-1,-1]    | [1,-1,3,-1,'a']  | an array may hold numbers or objects",
        "[1,-1,3,-1,-1]    | [1,-1,[],-1,-1]  | an array may hold numbers or objects",
        "[0,10,0,20,30]    | [0,10,0,20]      | value is not an array of 5 numbers",
        "[0,10,0,20,30]    | [[[[[[[[0]]]]]]]]| nested deeper than 8",
      })
  void whatIsWrongIsNamed(String part, String wrong, String reason) {
    assertThat(refusal(Models.bytes(GOOD.replace(part, wrong)))).contains(reason);
  }

  @Test
  void anotherNumberOfOutputs() {
    assertThat(refusal(Models.bytes(Models.model(Models.LOGISTIC))))
        .isEqualTo("the model has 1 outputs, its descriptor names 2");
  }

  @Test
  void moreNodesThanConfigured() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> new TreesEngine(9).load(Models.descriptor(2), Models.bytes(GOOD)))
        .withMessageContaining("more than 9 nodes and weights");
  }

  @Test
  void moreBytesThanTheDescriptorAllows() {
    assertThat(refusal(ByteBuffer.allocate(100_001)))
        .isEqualTo("the model has 100001 bytes, allowed are 100000");
  }

  @Test
  void textThatIsNoJsonOrNoUtf8() {
    assertThat(refusal(Models.bytes("{'format':\n oops"))).endsWith("UTF-8 at line 2");
    assertThat(refusal(ByteBuffer.wrap(new byte[] {'"', (byte) 0xC3, '"'}))).endsWith("in UTF-8");
    assertThat(refusal(Models.bytes("["))).contains("not JSON");
    assertThat(refusal(Models.bytes("[".repeat(5_000)))).contains("nested deeper");
  }

  @Test
  void anyBytesAreAcceptedOrRefusedButNeverFailOtherwise() throws ModelException {
    Random random = new Random(20_262);
    byte[] good = GOOD.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    byte[] likely = "0123456789-,:[]{}\"eE.".getBytes(StandardCharsets.UTF_8);
    TreesEngine engine = new TreesEngine(1_000);
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = good.clone();
      int changes = 1 + random.nextInt(3);
      for (int i = 0; i < changes; i++) {
        bytes[random.nextInt(bytes.length)] =
            random.nextInt(8) == 0
                ? (byte) random.nextInt()
                : likely[random.nextInt(likely.length)];
      }
      int length = random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length;
      try (var model = engine.load(Models.descriptor(2), ByteBuffer.wrap(bytes, 0, length))) {
        model.score(1, new float[] {random.nextFloat(), random.nextFloat()}, new float[2]);
        accepted++;
      } catch (ModelException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
    assertThat(accepted).isBetween(ROUNDS / 100, ROUNDS / 2);
  }

  private static String refusal(ByteBuffer model) {
    return String.valueOf(
        assertThatExceptionOfType(ModelException.class)
            .isThrownBy(() -> new TreesEngine(1_000).load(Models.descriptor(2), model).close())
            .actual()
            .getMessage());
  }
}
