/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stated.h - documents whose format says who speaks (doc->turns).
 */
#ifndef CORPUS_STATED_H
#define CORPUS_STATED_H

#include "corpus/document.h"

/* Takes the place of outline(), people() and attribution(): sets sections and panels by the headings,
 * and fills doc->passages with statements. Where the format refers to nobody we know, a printed
 * label is read, and may add a person. */
void attribution_stated(struct document *doc);

#endif
