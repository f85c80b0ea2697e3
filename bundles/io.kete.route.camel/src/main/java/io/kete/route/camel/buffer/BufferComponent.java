// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.buffer;

import io.kete.buffer.api.Stream;
import io.kete.route.camel.option.Options;
import io.kete.route.camel.service.Directory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** Makes {@code buffer:} end points; those of one stream share one lane. */
public final class BufferComponent extends DefaultComponent {
  private final Directory<Stream> streams;
  private final Timer timer;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

  /** Streams may come and go; samples wait for them. */
  public BufferComponent(Directory<Stream> streams, Timer timer) {
    this.streams = streams;
    this.timer = timer;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (remaining.isBlank()) {
      throw new IllegalArgumentException(
          "buffer: needs the name of a stream, as in buffer:telemetry");
    }
    new Options("buffer:" + remaining, parameters).finish();
    return new BufferEndpoint(
        uri, this, lanes.computeIfAbsent(remaining, name -> new Lane(name, streams, timer)));
  }

  @Override
  protected void doStop() throws Exception {
    lanes.values().forEach(Lane::close);
    lanes.clear();
    super.doStop();
  }
}
