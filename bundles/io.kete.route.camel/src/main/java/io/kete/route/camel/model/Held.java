// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.model;

import io.kete.data.api.Sample;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * A sample that waits for a model.
 *
 * @param exchange what it travels in
 * @param callback told when it goes on
 * @param sample the sample
 */
record Held(Exchange exchange, AsyncCallback callback, Sample sample) {}
