/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * error.c - the error domain.
 */
#include "corpus/error.h"

#include <errno.h>

G_DEFINE_QUARK(rapporteur-error-quark, rapporteur_error)

enum rapporteur_error rapporteur_error_of_errno(int number)
{
	switch (number) {
	case ENOENT:
	case ENOTDIR:
		return RAPPORTEUR_ERROR_NOT_FOUND;
	case EACCES:
	case EPERM:
	case EROFS:
		return RAPPORTEUR_ERROR_DENIED;
	default:
		return RAPPORTEUR_ERROR_IO;
	}
}
