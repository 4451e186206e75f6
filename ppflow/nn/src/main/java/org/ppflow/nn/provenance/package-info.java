/**
 * Where numbers come from: the code, the machine, the seeds and the command behind a result, gathered once and written beside
 * it; and the states of the code that work has seen which was killed and gone on with. May use {@code nn.files} and {@code nn.extension}.
 */
@NullMarked
package org.ppflow.nn.provenance;

import org.jspecify.annotations.NullMarked;
