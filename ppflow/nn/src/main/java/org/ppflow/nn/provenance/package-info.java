/**
 * Where numbers come from: the code, the machine, the seeds and the command behind a result, gathered once and written beside
 * it. May use {@code nn.files} and {@code nn.extension}.
 */
@NullMarked
package org.ppflow.nn.provenance;

import org.jspecify.annotations.NullMarked;
