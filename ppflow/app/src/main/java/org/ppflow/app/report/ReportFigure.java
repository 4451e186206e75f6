package org.ppflow.app.report;

/**
 * A figure of the paper, drawn for a schedule.
 *
 * @param title what it shows, for those who cannot see it
 * @param svg the picture
 */
public record ReportFigure(String title, String svg) {}
