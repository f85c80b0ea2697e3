// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.concurrent.TimeUnit;

/** Rules about classes that ArchUnit can say by itself. */
final class Code {

  static final ArchRule LOGGERS =
      fields()
          .that()
          .haveRawType("org.slf4j.Logger")
          .should()
          .bePrivate()
          .andShould()
          .beStatic()
          .andShould()
          .beFinal()
          .andShould()
          .haveName("logger")
          .allowEmptyShould(true);

  static final ArchRule NO_OTHER_LOGGING =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  static final ArchRule NO_STANDARD_STREAMS =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  static final ArchRule NO_SLEEP =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class)
          .orShould()
          .callMethod(TimeUnit.class, "sleep", long.class);

  private Code() {}

  /** Sub-packages of a bundle do not need each other in a circle. */
  static ArchRule noCyclesIn(String bundle) {
    return SlicesRuleDefinition.slices()
        .matching(bundle + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true);
  }
}
