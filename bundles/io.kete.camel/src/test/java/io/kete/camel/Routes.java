// SPDX-License-Identifier: EPL-2.0
package io.kete.camel;

/** Route texts of the test. */
final class Routes {
  static final String GREETING =
      """
      - route:
          id: greeting
          from:
            uri: direct:greeting
            steps:
              - choice:
                  when:
                    - simple: "${body} == 'night'"
                      steps:
                        - setBody: { constant: "good night" }
                  otherwise:
                    steps:
                      - setBody: { simple: "hello ${body}" }
      """;

  static final String GREETING_REPLACED = GREETING.replace("hello", "welcome");

  static final String OTHER =
      """
      - route:
          id: other
          from:
            uri: direct:other
            steps:
              - to: { uri: "echo:other" }
      """;

  static final String UNKNOWN_STEP =
      """
      - route:
          id: broken
          from:
            uri: direct:broken
            steps:
              - setBody: { constant: "x" }
              - filtre: { simple: "${body}" }
      """;

  static final String UNKNOWN_COMPONENT =
      """
      - route:
          id: broken
          from:
            uri: direct:broken
            steps:
              - setBody: { constant: "x" }
              - to: { uri: "nosuch:thing" }
      """;

  static final String BLOCKS =
      """
      - errorHandler:
          deadLetterChannel:
            deadLetterUri: seda:dead
            redeliveryPolicy: { maximumRedeliveries: 1, redeliveryDelay: 1 }
      - route:
          id: blocks
          from:
            uri: direct:blocks
            steps:
              - setHeader: { name: kind, constant: "sum" }
              - wireTap: { uri: "seda:tap" }
              - split:
                  expression: { simple: "${body}" }
                  steps:
                    - filter:
                        simple: "${body} != 'skip'"
                        steps:
                          - throttle: { expression: { constant: 1000 } }
                          - to: { uri: "seda:parts" }
      - route:
          id: parts
          from:
            uri: seda:parts
            steps:
              - aggregate:
                  correlationExpression: { header: { expression: kind } }
                  aggregationStrategy: "#join"
                  completionSize: 2
                  steps:
                    - to: { uri: "seda:pairs" }
      - route:
          id: failing
          from:
            uri: direct:failing
            steps:
              - log: "failing ${body}"
              - throwException: { exceptionType: "java.lang.IllegalStateException", message: "no" }
      - route:
          id: tick
          from:
            uri: timer:tick
            parameters: { period: 10, repeatCount: 1, delay: 0 }
            steps:
              - setBody: { constant: "tick" }
              - to: { uri: "log:io.kete.camel?level=DEBUG" }
              - to: { uri: "seda:ticks" }
      """;

  private Routes() {}
}
