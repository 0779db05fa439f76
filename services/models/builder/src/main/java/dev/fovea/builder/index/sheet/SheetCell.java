package dev.fovea.builder.index.sheet;

/// One result of a contact sheet.
///
/// @param title rank and id
/// @param facts score and inliers
/// @param more metadata; may be empty
/// @param picture an encoded image; empty if there is none
/// @param wide whether the picture holds two images side by side
@SuppressWarnings("ArrayRecordComponent") // a file that is decoded once
public record SheetCell(String title, String facts, String more, byte[] picture, boolean wide) {}
