/** Examples of what programs do every day: pictures, simulations, models, servers, and very many waiting threads. */
package offspring.examples.life;
