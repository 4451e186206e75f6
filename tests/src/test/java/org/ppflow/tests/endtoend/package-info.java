/** The commands as a person types them, on cut-down configs. */
package org.ppflow.tests.endtoend;
