// SPDX-License-Identifier: EPL-2.0
/**
 * What outlives a restart: good models by their digest, what each slot runs, bundles that were
 * dropped in. Every file is the old or the new one after a power cut.
 *
 * <pre>
 *   models/&lt;digest&gt;/model.json, &lt;file&gt;, model.p7s      written before a slot names the digest
 *   models/slots/&lt;slot&gt;.json                          serving, previous, refused, attempts
 *   models/bundles/&lt;symbolic name&gt;.jar                installed anew at each start
 * </pre>
 */
@NullMarked
package io.kete.model.runtime.store;

import org.jspecify.annotations.NullMarked;
