/**
 * {@code --report FILE}: how a crawl went, as text, as JSON, or as one page with plots.
 *
 * <pre>
 *   Meter --> Findings --+--> TextReport --+
 *                        +--> JsonReport --+--> ReportFile
 *   Settings --> Facts --+--> HtmlReport --+
 *                              |
 *                              figures, tables --> Markup, which escapes all that is text
 * </pre>
 */
@NullMarked
package io.forkloom.cli.crawl.view.report;

import org.jspecify.annotations.NullMarked;
