/**
 * Paths from noise to data and what a network is asked to predict on them. Depends on nothing.
 */
@NullMarked
package org.ppflow.flow.transport;

import org.jspecify.annotations.NullMarked;
