/**
 * Files with secrets: made for one owner, a warning where others may read them, and why one could not be read.
 *
 * <p>Whoever makes or reads a file of a user does it with these. That a file is made with
 * {@link dev.countermark.cli.files.PrivateFile} and not opened to others later is what security rests on; the words of
 * {@link dev.countermark.cli.files.FileFailure} may be changed.
 */
@NullMarked
package dev.countermark.cli.files;

import org.jspecify.annotations.NullMarked;
