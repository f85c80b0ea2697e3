// SPDX-License-Identifier: EPL-2.0
package io.kete.container.security;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    id = FileKeystore.PID,
    name = "FilesystemKeystoreServiceImpl",
    description = "Keys, certificates and revocation lists in a file of this gateway.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@SuppressWarnings("MemberName")
@interface FileKeystoreConfig {

  @AttributeDefinition(
      name = "keystore.path",
      description =
          "The PKCS#12 file; a relative path starts at the gateway's data folder. It is made when it is not there.")
  String keystore_path() default "security/keystore.p12";

  @AttributeDefinition(
      name = "keystore.password",
      description =
          "Password of a file that was made elsewhere (PKCS#12 or JKS). It is used once: from then on the file is protected by the secret of this device.",
      type = AttributeType.PASSWORD,
      required = false)
  String keystore_password() default "";
}
