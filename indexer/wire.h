/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * wire.h - what a hand, its server and the readers say to each other.
 *
 *   hand --request, file, result, brief--> server --fork--> reader
 *   hand <--report: begun, ended--- server
 *   hand <--frames----------------------------------- reader     through the pipe "result"
 *
 * Requests and reports are packets, by this process to itself: plain structs. The server was made
 * before any file was known, so that a reader knows of no other file. What it is to know of its own stands
 * in the brief, which is in memory, and which the reader looks at before it enters the sandbox:
 *
 *   brief    path | path of the catalogue, or none | what that says of the file | text that OCR found, or none
 *            (strings of bytes.h)
 *
 * Frames are a stream from a process that nobody trusts:
 *
 *   frame    type (1 byte), length (4 bytes, lowest first), payload
 *   'd'      a document: transfer.h
 *   'w'      a warning, UTF-8
 *   'c'      corrections of the catalogue that fitted: their places in catalogue_corrections(), as numbers
 *   'p'      a page drawn: picture.h
 *   'f'      the file could not be read: an error code (number), the message; the last frame
 *   '.'      the file was read; the last frame
 */
#ifndef INDEXER_WIRE_H
#define INDEXER_WIRE_H

#include "corpus/sandbox.h"

enum frame_type { FRAME_ENTERED = 's', FRAME_DOCUMENT = 'd', FRAME_WARNING = 'w', FRAME_CORRECTIONS = 'c', FRAME_PICTURE = 'p', FRAME_FAILED = 'f', FRAME_READ = '.' };
#define FRAME_HEAD_BYTES 5
#define FRAME_TEXT_MAX_BYTES 4000	/* of a warning, a message */
#define FRAME_WARNINGS_MAX 50
#define FRAME_CORRECTIONS_MAX_BYTES ((gsize)1 << 20)

enum task {
	TASK_READ,
	TASK_RENDER,		/* pages first..first + RENDER_PAGES - 1 */
	TASK_READ_RECOGNISED,	/* with the text in the brief */
};
#define RENDER_PAGES 8	/* by one process, within its time */

enum { REQUEST_FILE, REQUEST_RESULT, REQUEST_BRIEF, REQUEST_DESCRIPTORS };	/* that come with it, in this order */

struct request {
	guint32 task;
	guint32 first;		/* page, from 1 */
	bool blocks;		/* are wanted, too */
	struct sandbox_limits limits;
};

struct report {
	pid_t pid;
	bool ended;		/* what follows holds */
	int code, status;	/* as siginfo_t tells it: CLD_EXITED and the like */
	struct sandbox_verdict verdict;
};

#endif
