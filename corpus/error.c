/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * error.c - the error domain.
 */
#include "corpus/error.h"

G_DEFINE_QUARK(rapporteur-error-quark, rapporteur_error)
