package io.forkloom.cli.advise;

import java.util.List;

/**
 * Which model, and why.
 *
 * @param chunk how many calls to send at a time; 1 where each goes for itself
 * @param reasons whole sentences, the decisive one first
 * @param code to paste
 */
record Advice(Model model, int chunk, List<String> reasons, String code) {}
