package org.ppflow.data.source;

/**
 * A file inside a tree or an archive.
 *
 * @param name path, its parts separated by slashes
 * @param place where its bytes begin; what that means is the storage's
 * @param length bytes
 */
record StoredFile(String name, long place, long length) {}
