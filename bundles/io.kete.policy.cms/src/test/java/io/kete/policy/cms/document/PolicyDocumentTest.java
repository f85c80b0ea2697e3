// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {

  private static String document(String rules) {
    return "{\"format\":\"kete-policy/1\",\"version\":1,\"recipients\":{\"centre\":\"centre.pem\"},\"classes\":{\"c\":[\"*/x\"]},\"rules\":["
        + rules.replace('\'', '"')
        + "]}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'chanel':'x','action':'plain'} | document.rules[0] has the unknown key 'chanel'",
        "{'channel':'x','channel':'y','action':'plain'} | document.rules[0] has the key 'channel' twice",
        "{'channel':'x'} | document.rules[0] has no 'action'",
        "{'action':'plain'} | document.rules[0] has to name an asset, a channel or a class",
        "{'channel':'x','action':'open'} | document.rules[0].action has to be plain, seal",
        "{'channel':'x','action':'seal','recipients':['nobody']} | document.rules[0].recipients names the unknown recipient 'nobody'",
        "{'channel':'x','action':'seal','recipients':[]} | document.rules[0].recipients has to name at least one",
        "{'channel':'x','action':'plain','recipients':['centre']} | has no meaning for the action plain",
        "{'channel':'x','action':'pseudonymise'} | document.rules[0] has no 'recipient'",
        "{'channel':'x','action':'coarsen'} | needs round, buckets or time",
        "{'channel':'x','action':'coarsen','round':0} | document.rules[0].round has to be greater than 0",
        "{'channel':'x','action':'coarsen','buckets':[2,1]} | document.rules[0].buckets has to ascend",
        "{'channel':'x','action':'coarsen','time':'1 minute'} | document.rules[0].time has to be a duration",
        "{'class':'d','action':'plain'} | document.rules[0].class names the unknown class 'd'",
        "{'channel':'x','action':'plain','derived':1} | document.rules[0].derived has to be true or false",
        "'x' | document.rules[0] has to be an object",
        "{ | line 1 column"
      })
  void saysWhereAndWhat(String rules, String message) {
    assertThatThrownBy(() -> PolicyDocument.parse(document(rules)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | document has no 'format'",
        "[] | document has to be an object",
        "{'format':'kete-policy/2','version':1,'rules':[]} | document.format has to be kete-policy/1",
        "{'format':'kete-policy/1','version':0,'rules':[]} | document.default seals, but there is no recipient",
        "{'format':'kete-policy/1','version':0.5,'default':{'action':'keep'},'rules':[]} | document.version has to be a whole number",
        "{'format':'kete-policy/1','version':1,'default':{'action':'plain'},'rules':[]} | what is unknown is sensitive",
        "{'format':'kete-policy/1','version':1,'default':{'action':'keep'}} | document has no 'rules'",
        "{'format':'kete-policy/1','version':1,'default':{'action':'keep'},'rules':[],'validFrom':'now'} | document.validFrom has to be a time",
        "{'format':'kete-policy/1','version':1,'default':{'action':'keep'},'rules':[],'revoked':['12']} | document.revoked has to hold SHA-256",
        "{'format':'kete-policy/1','version':1,'default':{'action':'keep'},'rules':[],'validFrom':'2026-01-02T00:00:00Z','validUntil':'2026-01-01T00:00:00Z'} | validUntil has to be after"
      })
  void checksTheWhole(String text, String message) {
    assertThatThrownBy(() -> PolicyDocument.parse(text.replace('\'', '"')))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesDeepNestingBeforeParsing() {
    assertThatThrownBy(() -> PolicyDocument.parse("[".repeat(100_000)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("nested deeper");
  }

  @Test
  void reportsRulesThatAreNeverReached() throws PolicyException {
    String rules =
        "{'name':'wide','asset':'pump-*','action':'plain'},{'name':'narrow','asset':'pump-1','channel':'x','action':'drop'},"
            + "{'name':'class','class':'c','action':'keep'},{'name':'in class','asset':'a','class':'c','action':'keep'},"
            + "{'name':'elsewhere','asset':'fan','action':'plain'},{'name':'elsewhere','asset':'fun','action':'plain'}";

    assertThat(PolicyDocument.parse(document(rules)).warnings())
        .containsExactly(
            "rule 'narrow' is never reached: rule 'wide' before it matches the same channels",
            "rule 'in class' is never reached: rule 'class' before it matches the same channels",
            "two rules are named 'elsewhere'");
  }

  @Test
  void reportsWhatNoRuleUses() throws PolicyException {
    String text =
        "{\"format\":\"kete-policy/1\",\"version\":1,\"default\":{\"action\":\"keep\",\"recipients\":[]},"
            + "\"recipients\":{\"centre\":\"centre.pem\"},\"classes\":{\"c\":[\"*/x\"]},\"rules\":[]}";

    assertThat(PolicyDocument.parse(text).warnings())
        .containsExactly("recipient 'centre' is used by no rule", "class 'c' is used by no rule");
  }

  @Test
  void theDocumentedExampleIsFreeOfContradictions() throws Exception {
    String page = Files.readString(Path.of("../../docs/policy.md"));
    int start = page.indexOf("```json") + 7;

    PolicyDocument example =
        PolicyDocument.parse(page.substring(start, page.indexOf("```", start)));

    assertThat(example.warnings()).isEmpty();
    assertThat(example.rules()).hasSize(4);
  }
}
