/**
 * What an experiment is, as typed records, and how it is read from YAML: every mistake is reported with file, line and
 * path. Depends on the flow and nn rooms for their value types; starts no work.
 */
@NullMarked
package org.ppflow.app.config;

import org.jspecify.annotations.NullMarked;
