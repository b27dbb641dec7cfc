/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * example.c - searches an index from a program of your own:
 *   cc example.c $(pkg-config --cflags --libs rapporteur) -o example
 *   ./example INDEX WORDS
 */
#include <rapporteur.h>
#include <stdio.h>

static void print_hit(const RapHit *hit)
{
	const RapPerson *speaker = hit->passage.speaker;

	printf("%zu. %s: ", hit->rank, speaker ? speaker->name : "(nobody)");
	for (size_t i = 0; i < hit->n_snippet; i++)
		printf(hit->snippet[i].match ? "[%s]" : "%s", hit->snippet[i].text);
	printf("\n   %s\n", hit->passage.citation);
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	RapRequest request = { .text = argc > 2 ? argv[2] : NULL, .limit = 3 };
	RapIndex *index = rap_open(argc > 1 ? argv[1] : "index", NULL, &error);
	RapResults *results = index ? rap_search(index, &request, &error) : NULL;

	for (size_t i = 0; results && i < results->n_hits; i++)
		print_hit(&results->hits[i]);
	if (error)
		fprintf(stderr, "example: %s\n", error->message);
	rap_results_free(results);
	rap_close(index);
	return error ? 2 : 0;
}
