/**
 * The error audit: every command with every argument made wrong in turn, compared with a committed table of messages and exit codes; and what holds for every
 * command of the tree: help, examples, completion.
 */
package org.ppflow.tests.audit;
