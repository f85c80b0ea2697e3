// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Configuration of the data policy; relative paths start from the configuration folder of the
 * gateway.
 */
@ObjectClassDefinition(
    id = CmsPolicy.PID,
    name = "Data policy",
    description = "What may leave the gateway in clear, and for whom the rest is sealed.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@interface CmsPolicyConfig {

  @AttributeDefinition(
      name = "Policy document",
      description = "The document as JSON text. Empty: it is read from the policy file.|TextArea",
      required = false)
  String policy() default "";

  @AttributeDefinition(
      name = "Policy file",
      description = "File with the document, used when the policy document is empty.",
      required = false)
  String policy_file() default "";

  @AttributeDefinition(
      name = "Policy signature",
      description =
          "Detached CMS signature of the document in Base64. Empty: it is read from the policy file's name with .p7s added.|TextArea",
      required = false)
  String policy_signature() default "";

  @AttributeDefinition(
      name = "Certificate folder",
      description = "Folder with the certificates of the recipients and revocation lists (*.crl).")
  String certificates_directory() default "certificates";

  @AttributeDefinition(
      name = "Trust anchor folder",
      description =
          "Folder with the certificates of those who may sign; sub-folders policy, model and package limit the purpose.")
  String anchors_directory() default "anchors";

  @AttributeDefinition(
      name = "Longest key epoch in hours",
      description = "After this time a new key is made.",
      type = AttributeType.INTEGER,
      min = "1",
      max = "8760")
  int epoch_hours() default 24;

  @AttributeDefinition(
      name = "Most blocks of a key epoch",
      description = "After this number of blocks a new key is made.",
      type = AttributeType.LONG,
      min = "1",
      max = "4294967296")
  long epoch_uses() default 1_048_576;

  @AttributeDefinition(
      name = "Rotate keys",
      description = "Any change of this text begins new key epochs at once.",
      required = false)
  String epoch_rotate() default "";

  @AttributeDefinition(
      name = "Erased key epochs",
      description =
          "Identifiers of key epochs, separated by commas. Their keys are destroyed on this gateway: what is stored under them can no longer be read by anyone who does not have the key yet.",
      required = false)
  String epoch_erase() default "";

  @AttributeDefinition(
      name = "Keystore",
      description =
          "Filter of the KeystoreService that holds the signing key of this gateway. The default finds none: the key is in a file of its own.",
      required = false)
  String KeystoreService_target() default "(kura.service.pid=none)";
}
