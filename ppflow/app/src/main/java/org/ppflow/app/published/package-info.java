/**
 * Numbers that others have published, to stand beside ours: each with its source. Depends on nothing of the app.
 */
@NullMarked
package org.ppflow.app.published;

import org.jspecify.annotations.NullMarked;
