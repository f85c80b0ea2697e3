// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    id = Deployment.PID,
    name = "Deployment",
    description =
        "Packages sent by Kapua: fetched, checked, installed, judged, and kept or taken back.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@SuppressWarnings("MemberName")
@interface DeploymentConfig {

  @AttributeDefinition(
      name = "package.max-bytes",
      description = "Most bytes a package may have, packed and unpacked, 1024 to 4294967296.",
      min = "1024",
      max = "4294967296")
  long package_max$_$bytes() default 268_435_456L;

  @AttributeDefinition(
      name = "download.patience",
      description =
          "Seconds a download that has begun waits for a lost link before it fails, 1 to 86400.",
      min = "1",
      max = "86400")
  int download_patience() default 300;

  @AttributeDefinition(
      name = "settle.millis",
      description = "Milliseconds a new package has to work before it is kept, 0 to 600000.",
      min = "0",
      max = "600000")
  int settle_millis() default 2000;

  @AttributeDefinition(
      name = "settle.limit",
      description =
          "Seconds it may take until a new package works; then the former one comes back. 1 to"
              + " 3600.",
      min = "1",
      max = "3600")
  int settle_limit() default 30;

  @AttributeDefinition(
      name = "repository.url",
      description =
          "Address of the repository that updates come from when an order names none; http://,"
              + " https:// or file:. Empty: none.")
  String repository_url() default "";
}
