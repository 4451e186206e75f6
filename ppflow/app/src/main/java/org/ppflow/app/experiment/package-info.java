/**
 * An experiment from its config to its report: joins the rooms. Depends on all of them.
 */
@NullMarked
package org.ppflow.app.experiment;

import org.jspecify.annotations.NullMarked;
