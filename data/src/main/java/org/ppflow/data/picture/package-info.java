/**
 * Pictures in memory: uint8 pixels with classes. Depends on nothing.
 */
@NullMarked
package org.ppflow.data.picture;

import org.jspecify.annotations.NullMarked;
