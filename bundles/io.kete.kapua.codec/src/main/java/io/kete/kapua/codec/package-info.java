// SPDX-License-Identifier: EPL-2.0
/**
 * What a gateway and Kapua say to each other over MQTT, as plain values: no service, no thread, no
 * network.
 *
 * <pre>
 *   KuraPayload ─► KuraPayloadEncoder ─► bytes ─► KuraPayloadDecoder ─► KuraPayload
 *   KapuaAddress ─► topics;  RequestTopic + payload ─► ManagementRequest ─► Replies
 *   BirthBuilder ─► payload of BIRTH and APPS
 * </pre>
 *
 * Decoders take bytes from outside: each is bounded by its input and by a limit for what it
 * inflates, and none throws on bad input.
 */
@Export
@NullMarked
@Version("1.0.0")
package io.kete.kapua.codec;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
