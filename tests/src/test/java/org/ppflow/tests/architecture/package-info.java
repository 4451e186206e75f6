/** Rules about the rooms: which may know which. */
package org.ppflow.tests.architecture;
