/**
 * What other programs did to the processors while a speed was measured. Depends on nothing.
 */
@NullMarked
package org.ppflow.app.load;

import org.jspecify.annotations.NullMarked;
