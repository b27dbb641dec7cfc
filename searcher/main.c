/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * main.c - the program rapporteur: reads an index for people and scripts. Each
 * command is a file, cmd-*.c.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "searcher/options.h"

static const struct {
	enum command command;
	const char *what;
	int (*run)(struct options *options);
} commands[] = {
	{ COMMAND_SEARCH, "find passages", cmd_search },
	{ COMMAND_SIMILAR, "find passages like a passage", cmd_similar },
	{ COMMAND_SHOW, "show a passage in its surroundings", cmd_show },
	{ COMMAND_SUGGEST, "names and phrases for somebody who types", cmd_suggest },
	{ COMMAND_LIST, "list documents, panels, speakers, bodies or passages", cmd_list },
	{ COMMAND_CHECK, "check whether the index is sound", cmd_check },
};

static void usage(GString *out)
{
	g_string_append(out, "Usage: rapporteur COMMAND [OPTION]... [OPERAND]...\n\n"
	                     "Searches conference documents, and knows who said what.\n\nCommands\n"
	                     "  index      index files and folders: rapporteur-index\n");
	for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
		g_string_append_printf(out, "  %-10s %s\n", command_name(commands[i].command), commands[i].what);
	g_string_append(out, "  help       help on a command\n\n"
	                     "Every command knows --help. See also rapporteur(1), rapporteur-query(7).\n");
}

static int finish_printing(void)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return EXIT_FOUND;
	return errno == EPIPE ? EXIT_FOUND : trouble("cannot write: %s", g_strerror(errno));
}

static int print_usage(FILE *file, int status)
{
	g_autoptr(GString) text = g_string_new(NULL);

	usage(text);
	fputs(text->str, file);
	return status == EXIT_FOUND ? finish_printing() : status;
}

static int run_command(int argc, char **argv)
{
	for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
		struct options options;
		int status;

		if (strcmp(command_name(commands[i].command), argv[0]) != 0)
			continue;
		status = options_read(&options, commands[i].command, argc, argv);
		if (status < 0)
			status = commands[i].run(&options);
		options_clear(&options);
		return status;
	}
	trouble("cannot run '%s': there is no such command", argv[0]);
	fputs("Try 'rapporteur --help'.\n", stderr);
	return EXIT_TROUBLE;
}

static int run_index(char **argv)
{
	argv[0] = (char[]){ "rapporteur-index" };
	return run_indexer(argv);
}

/* help COMMAND is COMMAND --help. */
static int help(int argc, char **argv)
{
	char *command[] = { NULL, (char[]){ "--help" }, NULL };

	if (argc < 2)
		return print_usage(stdout, EXIT_FOUND);
	command[0] = argv[1];
	if (strcmp(argv[1], "index") == 0)
		return run_index(command);
	return run_command(2, command);
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return print_usage(stderr, EXIT_TROUBLE);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return print_usage(stdout, EXIT_FOUND);
	if (strcmp(argv[1], "--version") == 0) {
		printf("rapporteur %s\n", rap_version());
		return finish_printing();
	}
	if (strcmp(argv[1], "help") == 0)
		return help(argc - 1, argv + 1);
	if (strcmp(argv[1], "index") == 0)
		return run_index(argv + 1);
	return run_command(argc - 1, argv + 1);
}
