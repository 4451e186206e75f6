/**
 * Records of finished experiments: what was run, on what, and what came out, each in a file that says its own hash. Depends on the config records, the
 * latent source's hash and the nn room; knows nothing of how experiments are run or shown.
 */
@NullMarked
package org.ppflow.app.record;

import org.jspecify.annotations.NullMarked;
