package io.forkloom.cli.advise;

import java.util.Optional;

/**
 * All that advice is made of.
 *
 * @param pace empty where a call did not return
 * @param cost the same
 */
record Findings(Subject subject, Ending ending, Optional<Pace> pace, Optional<Crossing.Cost> cost) {}
