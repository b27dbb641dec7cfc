/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * server.h - a small process of one thread that makes the processes in which files
 * are read: one for each file, since nothing of a file may outlive it.
 *
 * It is made before there are threads, and does nothing but this: a process that is
 * forked from one with threads may find a lock held for ever. It is made before files are
 * looked for, and looks at nothing that comes with a request: all that it has in memory its
 * readers have, and a file that takes one over.
 */
#ifndef INDEXER_SERVER_H
#define INDEXER_SERVER_H

#include "corpus/sandbox.h"

/* Serves requests (wire.h) until the other end of the socket is closed. Does not come back. */
void server_run(int socket, pid_t parent, const struct sandbox *sandbox) G_GNUC_NORETURN;

#endif
