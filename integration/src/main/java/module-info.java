/** The application of the integration tests, as a module that gives its insides to nobody, but for one package. */
module offspring.integration {
    requires offspring.multiprocessing;

    opens offspring.integration.open to
            offspring.multiprocessing;
}
