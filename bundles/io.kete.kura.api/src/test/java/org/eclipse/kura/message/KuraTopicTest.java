// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation")
class KuraTopicTest {
  @Test
  void controlTopicHasAPrefix() {
    KuraTopic topic = new KuraTopic("$EDC/acme/gw-1/CONF-V1/GET/configurations");
    assertThat(topic.getPrefix()).isEqualTo("$EDC");
    assertThat(topic.getAccountName()).isEqualTo("acme");
    assertThat(topic.getDeviceId()).isEqualTo("gw-1");
    assertThat(topic.getApplicationId()).isEqualTo("CONF-V1");
    assertThat(topic.getApplicationTopic()).isEqualTo("GET/configurations");
    assertThat(topic.getTopicParts()).hasSize(6);
  }

  @Test
  void dataTopicHasNone() {
    KuraTopic topic = new KuraTopic("acme/gw-1/app/a/b");
    assertThat(topic.getPrefix()).isNull();
    assertThat(topic.getApplicationId()).isEqualTo("app");
    assertThat(topic.getApplicationTopic()).isEqualTo("a/b");
    assertThat(topic.getFullTopic()).isEqualTo("acme/gw-1/app/a/b");
  }

  @Test
  void prefixCanBeChosen() {
    assertThat(new KuraTopic("ctl/acme/gw-1/app/x", "ctl").getAccountName()).isEqualTo("acme");
  }

  @Test
  void missingPartsAreNull() {
    KuraTopic topic = new KuraTopic("acme/gw-1");
    assertThat(topic.getDeviceId()).isEqualTo("gw-1");
    assertThat(topic.getApplicationId()).isNull();
    assertThat(topic.getApplicationTopic()).isNull();
    assertThat(new KuraTopic("#").getTopicParts()).isNull();
    assertThat(new KuraTopic("#").getAccountName()).isNull();
  }
}
