/** What a person sees of a crawl, while it runs and afterwards. */
@NullMarked
package io.forkloom.cli.crawl.view;

import org.jspecify.annotations.NullMarked;
