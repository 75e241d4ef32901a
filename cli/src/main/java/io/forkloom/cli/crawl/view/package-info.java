/**
 * What a person sees of a crawl, while it runs and afterwards.
 *
 * <pre>
 *   stages, committer --- fetched, parsed, ended ... ---> Meter ----> Findings ---> report.ReportFile
 *   Sampler --- Gauges, once a second ------------------>   |
 *                   |                                       +-------> Snapshot ---> Progress ---> Screen
 *                   +--> Bottleneck.of
 *   DryRun: the same questions before a crawl
 * </pre>
 *
 * <p>Everything a meter keeps has a bound: {@link io.forkloom.cli.crawl.view.Meter} says how.
 */
@NullMarked
package io.forkloom.cli.crawl.view;

import org.jspecify.annotations.NullMarked;
