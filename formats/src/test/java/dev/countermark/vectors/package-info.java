/** Facts that other programs produced, and the form in which they are written down. */
package dev.countermark.vectors;
