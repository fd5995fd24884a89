package payments.dr.modules.monitoring;

import java.util.Map;

/**
 * A change that people must hear of, whoever made it.
 *
 * @param id in names
 * @param meaning one or two sentences for whoever is told: what happened, and what to do
 * @param pattern of the events that tell of it, as EventBridge matches them
 */
record Change(String id, String meaning, Map<String, Object> pattern) {}
